/** Two columns under a heading, as the demo prints them. */
export function table(heading: string, rows: [name: string, value: string][]): string {
  const width = Math.max(...rows.map(([name]) => name.length)) + 3;
  return ['', heading, '', ...rows.map(([name, value]) => `  ${name.padEnd(width)}${value}`), ''].join('\n');
}
