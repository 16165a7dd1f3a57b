/** The style sheet that sonner writes into the page when it is loaded; a test compares it with the package. */
export const SONNER_STYLE = 'sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY=';

/** An element without a word: the toasts' is put in so, and written afterwards. */
const EMPTY_STYLE = 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';

/** For what is no page of ours: data, files, and addresses that no page answers. */
export const NOTHING_RUNS = [
  "default-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

type Page = {
  nonce: string;
  /** Origins beside our own that a form may lead to. */
  formsEndAt: readonly string[];
  isSecure: boolean;
  /** While pages are compiled as they are asked for, the compiler puts code and styles into them. */
  isCompiling: boolean;
};

/** What a page may load and run: what carries this answer's nonce, and what that loads. */
export function contentSecurityPolicy({ nonce, formsEndAt, isSecure, isCompiling }: Page): string {
  const ours = `'self' 'nonce-${nonce}'`;
  return [
    "default-src 'self'",
    `script-src ${ours} 'strict-dynamic'${isCompiling ? " 'unsafe-eval'" : ''}`,
    isCompiling ? "style-src 'self' 'unsafe-inline'" : `style-src ${ours} '${EMPTY_STYLE}' '${SONNER_STYLE}'`,
    // Charts and progress bars say their sizes in style attributes, which cannot carry a nonce.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${isCompiling ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    `form-action ${["'self'", ...formsEndAt].join(' ')}`,
    "frame-ancestors 'none'",
    ...(isSecure ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
}
