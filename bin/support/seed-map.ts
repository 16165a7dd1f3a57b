/** A row of the map: what of the seeds it is, and what shows that it is served. */
type Row = { number: string; state: string; issues: string[]; tests: { file: string; name: string }[] };

/** How many capabilities the seeds have. */
const ROWS = 110;
/** What is still open, by its title. */
const ISSUES = ['ledger', 'payments', 'dashboard', 'staff'];

/** The rows of the table of seeds, as the document writes them. */
function rowsOf(document: string): Row[] {
  return document
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter(([, number = '']) => /^\d+$/.test(number))
    .map(([, number, , , state = '', , shown = '']) => {
      const [said = '', open = ''] = state.split(' · ');
      return {
        number: number ?? '',
        state: said,
        issues: open === '' ? [] : open.split(', '),
        tests: [...shown.matchAll(/`([^`]+)`: "(.+?)"(?=;|$)/g)].map(([, file = '', name = '']) => ({
          file,
          name,
        })),
      };
    });
}

/**
 * What is wrong with the map: rows that are missing or twice, served by no test, or open in no issue; and tests that are
 * not there. `namesIn` gives the names of a file's tests, or null where there is no such file.
 */
export function seedMapFaults(
  document: string,
  namesIn: (file: string) => ReadonlySet<string> | null,
): string[] {
  const rows = rowsOf(document);
  const expected = Array.from({ length: ROWS }, (_, index) => `${index + 1}`);
  const numbers = rows.map(({ number }) => number);
  return [
    ...expected.filter((number) => !numbers.includes(number)).map((number) => `row ${number} is missing`),
    ...numbers
      .filter((number, at) => numbers.indexOf(number) !== at || !expected.includes(number))
      .map((number) => `row ${number} is one too many`),
    ...rows.flatMap((row) =>
      [...stateFaults(row), ...testFaults(row, namesIn)].map((fault) => `row ${row.number} ${fault}`),
    ),
  ];
}

const NEEDS: Readonly<Record<string, { test: boolean; issue: boolean }>> = {
  served: { test: true, issue: false },
  'in part': { test: true, issue: true },
  'to come': { test: false, issue: true },
};

function stateFaults({ state, issues, tests }: Row): string[] {
  const needs = NEEDS[state];
  if (!needs) return [`is “${state}”, which is neither ${Object.keys(NEEDS).join(' nor ')}`];
  return [
    ...(needs.test && tests.length === 0 ? [`is ${state} and names no test`] : []),
    ...(needs.issue === issues.length > 0
      ? []
      : [`is ${state} and names ${needs.issue ? 'no' : 'an'} issue`]),
    ...issues.filter((issue) => !ISSUES.includes(issue)).map((issue) => `names an unknown issue, ${issue}`),
  ];
}

const testFaults = ({ tests }: Row, namesIn: (file: string) => ReadonlySet<string> | null): string[] =>
  tests.flatMap(({ file, name }) => {
    const names = namesIn(file);
    if (names === null) return [`names ${file}, which does not exist`];
    return names.has(name) ? [] : [`names a test that ${file} does not have: ${name}`];
  });

/** How many rows are in which state. */
export function seedMapTally(document: string): Map<string, number> {
  const tally = new Map(Object.keys(NEEDS).map((state) => [state, 0]));
  for (const { state } of rowsOf(document)) tally.set(state, (tally.get(state) ?? 0) + 1);
  return tally;
}
