import { cva, type VariantProps } from 'class-variance-authority';
import { Root as Slot } from 'radix-ui/slot';
import type { ComponentProps } from 'react';

const style = cva(
  'inline-flex shrink-0 items-center justify-center gap-2 rounded-control font-medium whitespace-nowrap select-none transition-colors aria-busy:cursor-progress [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'bg-accent text-on-accent hover:bg-accent-hover',
        secondary: 'border border-line-strong/60 bg-card text-ink hover:bg-hover',
        ghost: 'text-ink-2 hover:bg-hover hover:text-ink',
        danger: 'bg-bad-fill text-[white] hover:bg-bad-fill/90',
      },
      size: { sm: 'h-8 px-3 text-13', md: 'h-9 px-4 text-14', lg: 'h-11 px-5 text-14' },
      wide: { true: 'w-full', false: '' },
    },
    defaultVariants: { variant: 'secondary', size: 'md', wide: false },
  },
);

type ButtonProps = ComponentProps<'button'> &
  VariantProps<typeof style> & {
    /** Renders its one child, a link, with the looks of a button. */
    asChild?: boolean;
    pending?: boolean;
    /** Says what is happening while `pending`; its room is kept from the start, so the width never jumps. */
    pendingLabel?: string;
  };

export function Button(props: ButtonProps) {
  const { variant, size, wide, asChild, pending, pendingLabel, className, children, ...rest } = props;
  const classes = style({ variant, size, wide, className });
  if (asChild === true) {
    return (
      <Slot className={classes} {...rest}>
        {children}
      </Slot>
    );
  }

  const busy = pending === true && {
    'aria-busy': true,
    'aria-disabled': true,
    onClick: (event: React.MouseEvent) => event.preventDefault(),
  };
  return (
    <button type="button" className={classes} {...rest} {...busy}>
      {pendingLabel === undefined ? (
        children
      ) : (
        <span className="grid justify-items-center *:col-start-1 *:row-start-1">
          <span className={pending === true ? 'invisible' : 'inline-flex items-center gap-2'}>
            {children}
          </span>
          <span className={pending === true ? 'inline-flex items-center gap-2' : 'invisible'}>
            {pendingLabel}
          </span>
        </span>
      )}
    </button>
  );
}
