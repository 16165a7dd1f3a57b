const rooms = 'app|bench|bin|components|docs|e2e|lib|lint|price-books|prisma|public|stripe-sandbox|test';

/** The paths of this project that a document names in backticks or links, and that `exists` does not know. */
export function missingPaths(text: string, exists: (path: string) => boolean): string[] {
  const inTicks = [...text.matchAll(/`([^`\s]+)`/g)].map(([, named = '']) => named);
  const inLinks = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, named = '']) =>
    named.replace(/^(\.\.?\/)+/, ''),
  );
  const named = [...inTicks, ...inLinks].filter((path) =>
    new RegExp(`^(${rooms})/[\\w./()\\[\\]-]+$`).test(path),
  );
  return [...new Set(named)].filter((path) => !path.includes('…') && !exists(path.replace(/\/$/, '')));
}
