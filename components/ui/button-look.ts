import { cva } from 'class-variance-authority';

/** Shared by what is pressed and what leads elsewhere. */
export const buttonLook = cva(
  'inline-flex shrink-0 items-center justify-center gap-2 rounded-control font-medium whitespace-nowrap select-none transition-colors aria-busy:cursor-progress [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'bg-accent text-on-accent hover:bg-accent-hover',
        secondary: 'border border-line-strong/60 bg-card text-ink hover:bg-hover',
        danger: 'bg-bad-fill text-[white] hover:bg-bad-fill/90',
      },
      size: { sm: 'h-8 px-3 text-13', md: 'h-9 px-4 text-14', lg: 'h-11 px-5 text-14' },
      wide: { true: 'w-full', false: '' },
    },
    defaultVariants: { variant: 'secondary', size: 'md', wide: false },
  },
);
