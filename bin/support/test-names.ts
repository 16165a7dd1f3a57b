import ts from 'typescript';

const TELLERS = new Set(['test', 'it', 'describe']);

/** What names a test in a test file: the titles, and the texts of the tables that `each` runs through. */
export function testNames(source: string): Set<string> {
  const names = new Set<string>();
  const file = ts.createSourceFile('test.ts', source, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && TELLERS.has(rootOf(node.expression))) {
      const isEach = ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'each';
      if (isEach) node.arguments.forEach((table) => textsIn(table, names));
      else keepText(node.arguments[0], names);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}

/** `test` of `test.each(…)(…)` and of `test.describe(…)`. */
function rootOf(callee: ts.Expression): string {
  if (ts.isIdentifier(callee)) return callee.text;
  if (ts.isPropertyAccessExpression(callee) || ts.isCallExpression(callee)) return rootOf(callee.expression);
  return '';
}

function textsIn(node: ts.Node, into: Set<string>): void {
  keepText(node, into);
  ts.forEachChild(node, (child) => textsIn(child, into));
}

function keepText(node: ts.Node | undefined, into: Set<string>): void {
  if (node && ts.isStringLiteralLike(node)) into.add(node.text);
}
