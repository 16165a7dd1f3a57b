import { Body, Button, Container, Head, Heading, Hr, Html, Preview, Text } from '@react-email/components';
import type { ReactNode } from 'react';

const ink = '#1f2033';
const quiet = '#5d6079';
const accent = '#4f46c8';
const sans = "Geist, Inter, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif";

type Props = {
  preview: string;
  title: string;
  children: ReactNode;
  action: { label: string; href: string };
  footer: string;
};

/** Every mail: one column, the fact in large type, one button, and why it was sent. */
export function MailFrame({ preview, title, children, action, footer }: Props) {
  return (
    <Html lang="en">
      <Head />
      <Preview>{preview}</Preview>
      <Body
        style={{ backgroundColor: '#f6f6fa', color: ink, fontFamily: sans, margin: 0, padding: '24px 12px' }}
      >
        <Container
          style={{
            backgroundColor: '#ffffff',
            border: '1px solid #e3e3ec',
            borderRadius: 10,
            maxWidth: 480,
            padding: 32,
          }}
        >
          <Text style={{ color: quiet, fontSize: 13, fontWeight: 600, margin: 0 }}>Coffer</Text>
          <Heading
            as="h1"
            style={{ fontSize: 28, fontWeight: 600, lineHeight: '34px', margin: '12px 0 16px' }}
          >
            {title}
          </Heading>
          {children}
          <Button
            href={action.href}
            style={{
              backgroundColor: accent,
              borderRadius: 8,
              color: '#ffffff',
              fontSize: 14,
              fontWeight: 600,
              marginTop: 16,
              padding: '12px 20px',
            }}
          >
            {action.label}
          </Button>
          <Hr style={{ borderColor: '#e3e3ec', margin: '28px 0 16px' }} />
          <Text style={{ color: quiet, fontSize: 12, lineHeight: '18px', margin: 0 }}>{footer}</Text>
        </Container>
      </Body>
    </Html>
  );
}
