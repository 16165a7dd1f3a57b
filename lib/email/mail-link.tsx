import { Link } from '@react-email/components';
import type { ReactNode } from 'react';

/** A second way, inside a sentence: the button is for the first. */
export const MailLink = ({ href, children }: { href: string; children: ReactNode }) => (
  <Link href={href} style={{ color: '#4f46c8', textDecoration: 'underline' }}>
    {children}
  </Link>
);
