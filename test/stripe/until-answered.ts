import { AppError } from '@/lib/domain/app-error';

/** Again after every silence of Stripe, as the worker goes on and an impatient person presses. */
export async function untilAnswered<T>(work: () => Promise<T>): Promise<T> {
  for (let silences = 0; silences < 6; silences += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'payment_unavailable') throw error;
    }
  }
  throw new Error('Stripe never answered');
}
