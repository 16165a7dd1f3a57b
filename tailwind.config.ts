import type { Config } from 'tailwindcss';

const token = (name: string) => `var(--${name})`;
const tokens = (...names: string[]) => Object.fromEntries(names.map((name) => [name, token(name)]));

export default {
  content: ['./app/**/*.{ts,tsx}', './components/**/*.{ts,tsx}'],
  theme: {
    colors: {
      transparent: 'transparent',
      current: 'currentColor',
      ...tokens(
        'canvas',
        'card',
        'raised',
        'sunken',
        'hover',
        'line',
        'line-strong',
        'ink',
        'ink-2',
        'ink-3',
      ),
      ...tokens('accent', 'accent-hover', 'accent-tint', 'accent-ink', 'on-accent'),
      ...tokens('good', 'good-tint', 'warn', 'warn-tint', 'bad', 'bad-tint', 'bad-fill', 'info', 'info-tint'),
      ...tokens('bar-1', 'bar-2', 'bar-3', 'scrim'),
    },
    fontFamily: {
      sans: ['var(--geist-sans)', 'ui-sans-serif', 'system-ui', 'sans-serif'],
      mono: ['var(--geist-mono)', 'ui-monospace', 'monospace'],
    },
    fontSize: {
      12: ['0.75rem', { lineHeight: '1rem' }],
      13: ['0.8125rem', { lineHeight: '1.125rem' }],
      14: ['0.875rem', { lineHeight: '1.25rem' }],
      16: ['1rem', { lineHeight: '1.5rem' }],
      20: ['1.25rem', { lineHeight: '1.75rem', letterSpacing: '-0.012em' }],
      28: ['1.75rem', { lineHeight: '2.25rem', letterSpacing: '-0.018em' }],
      40: ['2.5rem', { lineHeight: '2.75rem', letterSpacing: '-0.022em' }],
    },
    fontWeight: { normal: '400', medium: '500', semibold: '600' },
    borderRadius: { none: '0', sm: '4px', control: '7px', card: '10px', full: '9999px' },
    boxShadow: { none: 'none', float: 'var(--shadow-float)' },
    transitionDuration: { DEFAULT: '140ms', 140: '140ms', 180: '180ms' },
    transitionTimingFunction: { DEFAULT: 'cubic-bezier(0.2, 0, 0, 1)', out: 'cubic-bezier(0.2, 0, 0, 1)' },
    extend: {
      maxWidth: { page: '1120px', form: '480px', auth: '400px', read: '62ch' },
      width: { rail: '216px' },
    },
  },
} satisfies Config;
