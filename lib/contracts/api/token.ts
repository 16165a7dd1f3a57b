import { z } from 'zod';

export const TokenRequest = z
  .strictObject({
    email: z.string().min(1).max(254).meta({ example: 'ada@example.com' }),
    password: z.string().min(1).max(1_000),
    code: z
      .string()
      .min(1)
      .max(20)
      .optional()
      .meta({ description: 'Of the authenticator, where the person has one; or a backup code.' }),
  })
  .meta({ id: 'TokenRequest', example: { email: 'ada@example.com', password: 'correct horse' } });

export const TokenAnswer = z
  .object({
    access_token: z.string(),
    token_type: z.literal('bearer'),
    expires_in: z.int().meta({ description: 'Seconds.' }),
  })
  .meta({ id: 'Token' });
