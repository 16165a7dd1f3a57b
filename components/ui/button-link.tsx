import type { VariantProps } from 'class-variance-authority';
import Link from 'next/link';
import type { ComponentProps } from 'react';

import { buttonLook } from './button-look';

type ButtonLinkProps = ComponentProps<typeof Link> & VariantProps<typeof buttonLook>;

/** A link with the looks of a button. */
export function ButtonLink({ variant, size, wide, className, ...rest }: ButtonLinkProps) {
  return <Link className={buttonLook({ variant, size, wide, className })} {...rest} />;
}
