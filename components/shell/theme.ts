/** Read by the server, so that the first paint is right and no inline script is needed. */
export const THEME_COOKIE = 'coffer-theme';

export type Theme = 'light' | 'dark';

export const isTheme = (value: string | undefined): value is Theme => value === 'light' || value === 'dark';
