/** What `npm audit --json` said: that nobody answered, that nothing is known, or which packages have known holes. */
export type AuditReport =
  | { kind: 'silent'; why: string }
  | { kind: 'clean'; packages: number }
  | { kind: 'holes'; lines: string[] };

type Hole = { severity?: string; range?: string; fixAvailable?: unknown };
type Said = {
  message?: string;
  vulnerabilities?: Record<string, Hole>;
  metadata?: { dependencies?: { total?: number } };
};

const GRAVE = ['high', 'critical'];

/** Holes of less weight are for whoever updates packages: a gate that is always red is one that nobody looks at. */
export function readAuditReport(text: string): AuditReport {
  const said = parsed(text);
  if (said?.vulnerabilities === undefined)
    return { kind: 'silent', why: said?.message ?? 'nothing that could be read was said' };
  const grave = Object.entries(said.vulnerabilities).filter(([, { severity = '' }]) =>
    GRAVE.includes(severity),
  );
  if (grave.length === 0) return { kind: 'clean', packages: said.metadata?.dependencies?.total ?? 0 };
  return {
    kind: 'holes',
    lines: grave.map(
      ([name, { severity = '', range = '', fixAvailable }]) =>
        `${name} ${range}: ${severity}${fixAvailable === false ? ', with no version that mends it yet' : ''}`,
    ),
  };
}

function parsed(text: string): Said | null {
  try {
    return JSON.parse(text) as Said | null;
  } catch {
    return null;
  }
}
