/** The request header in which a page learns its own address. */
export const WANTED_PAGE = 'x-coffer-wanted-page';
