import { Text } from '@react-email/components';
import type { ReactNode } from 'react';

/** A sentence of a mail. */
export const MailLine = ({ children }: { children: ReactNode }) => (
  <Text style={{ fontSize: 14, lineHeight: '22px', margin: '0 0 8px' }}>{children}</Text>
);
