import type { VariantProps } from 'class-variance-authority';
import type { ComponentProps, MouseEvent } from 'react';

import { buttonLook } from './button-look';

type ButtonProps = ComponentProps<'button'> &
  VariantProps<typeof buttonLook> & {
    pending?: boolean;
    /** Says what is happening while `pending`; its room is kept from the start, so the width never jumps. */
    pendingLabel?: string;
  };

export function Button(props: ButtonProps) {
  const { variant, size, wide, pending = false, pendingLabel, className, children, ...rest } = props;
  const busy = pending && {
    'aria-busy': true,
    'aria-disabled': true,
    onClick: (event: MouseEvent) => event.preventDefault(),
  };
  return (
    <button type="button" className={buttonLook({ variant, size, wide, className })} {...rest} {...busy}>
      {pendingLabel === undefined ? (
        children
      ) : (
        <span className="grid justify-items-center *:col-start-1 *:row-start-1">
          <span className={pending ? 'invisible' : undefined}>{children}</span>
          <span className={pending ? undefined : 'invisible'}>{pendingLabel}</span>
        </span>
      )}
    </button>
  );
}
