import ts from 'typescript';

const TELLERS = new Set(['test', 'it', 'describe']);

/** What names a test in a test file: the titles, and the texts of the tables that `each` runs through. */
export function testNames(source: string): Set<string> {
  const names = new Set<string>();
  const file = ts.createSourceFile('test.ts', source, ts.ScriptTarget.Latest, true);
  const tables = new Set<string>();
  walk(file, (node) => {
    if (!ts.isCallExpression(node) || !TELLERS.has(rootOf(node.expression))) return;
    const [first] = node.arguments;
    const isEach = ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'each';
    if (!first || !isEach) return keepText(first, names);
    if (ts.isIdentifier(first)) tables.add(first.text);
    walk(first, (part) => keepText(part, names));
  });
  // A table that stands by itself, above its tests.
  walk(file, (node) => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && tables.has(node.name.text))
      walk(node, (part) => keepText(part, names));
  });
  return names;
}

/** `test` of `test.each(…)(…)` and of `test.describe(…)`. */
function rootOf(callee: ts.Expression): string {
  if (ts.isIdentifier(callee)) return callee.text;
  if (ts.isPropertyAccessExpression(callee) || ts.isCallExpression(callee)) return rootOf(callee.expression);
  return '';
}

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

function keepText(node: ts.Node | undefined, into: Set<string>): void {
  if (node && ts.isStringLiteralLike(node)) into.add(node.text);
}
