import { readFileSync } from 'node:fs';
import path from 'node:path';

import Document from 'pdfkit';

import { type Credits, credits } from '@/lib/domain/credits';
import { formatCredits, formatDelta } from '@/lib/domain/format';
import type { PriceBook } from '@/lib/domain/price-book';
import { type LocalMonth, monthName, type Moved, type Statement } from '@/lib/domain/statement';

export type StatementPaper = Statement & {
  month: LocalMonth;
  timeZone: string;
  account: { id: bigint; name: string };
  /** The numbers of the entries that it is made of; the last is below the first where there are none. */
  first: bigint;
  last: bigint;
  isOver: boolean;
  writtenAt: Date;
  book: Pick<PriceBook, 'credit'>;
};

// A4, in points.
const MARGIN = 56;
const WIDTH = 595.28 - 2 * MARGIN;
const FOOT = 841.89 - MARGIN + 10;
const GREY = '#565a6e';
const BLACK = '#1c1d2b';
const LINE = '#c9ccd6';
const ALL_DECIMALS = 6;

const fontOf = (name: string) =>
  readFileSync(path.join(process.cwd(), 'node_modules', 'dejavu-fonts-ttf', 'ttf', `${name}.ttf`));
// Read when first drawn with: most who start the app never ask for a statement.
let fonts: { plain: Buffer; strong: Buffer } | undefined;
const loadedFonts = () =>
  (fonts ??= { plain: fontOf('DejaVuSansCondensed'), strong: fontOf('DejaVuSansCondensed-Bold') });

type Pen = PDFKit.PDFDocument;
type Look = { size?: number; strong?: boolean; grey?: boolean };

/** A statement as a PDF to keep and to print, piece by piece. */
export async function* drawStatement(paper: StatementPaper): AsyncGenerator<Uint8Array> {
  const { plain, strong } = loadedFonts();
  const title = `Statement of ${monthName(paper.month)}`;
  const pen = new Document({
    size: 'A4',
    margin: MARGIN,
    bufferPages: true,
    lang: 'en',
    displayTitle: true,
    info: { Title: title, CreationDate: paper.writtenAt, ModDate: paper.writtenAt },
  });
  pen.registerFont('plain', plain).registerFont('strong', strong);
  heading(pen, title, paper);
  movements(pen, paper);
  if (paper.usage.length > 0) usage(pen, paper);
  foot(pen, paper);
  pen.end();
  for await (const piece of pen) yield piece as Uint8Array;
}

function heading(pen: Pen, title: string, paper: StatementPaper): void {
  write(pen, title, { size: 20, strong: true });
  pen.y += 10;
  const { account, month, timeZone, isOver, writtenAt, first, last } = paper;
  const none = last < first;
  const facts = [
    ['Account', `${account.name} (${account.id})`],
    ['Period', `${monthName(month)}, all days as in ${timeZone}${isOver ? '' : ', so far'}`],
    ['Ledger', none ? 'no line in this month' : `lines ${first} to ${last}`],
    ['Written', `${writtenAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`],
  ] as const;
  for (const [name, value] of facts) row(pen, [name, value], FACTS, { grey: true });
  pen.y += 14;
}

const WORDS: Readonly<Record<Moved['kind'], string>> = {
  topup: 'Bought',
  bonus: 'Bonus',
  allowance: 'Allowance',
  adjustment: 'Adjusted',
  restore: 'Given back of what had been taken back',
  expiry: 'Expired',
  clawback: 'Taken back after refunds and disputes',
};

function movements(pen: Pen, paper: StatementPaper): void {
  const { opening, moved, usage: used, closing, book } = paper;
  const { figure, delta } = exactly(paper);
  row(pen, ['', 'Lines', `In ${book.credit.plural}`], MOVEMENTS, { grey: true });
  rule(pen);
  row(pen, ['Opening balance', '', figure(opening)], MOVEMENTS, { strong: true });
  for (const { kind, count, amount } of moved) row(pen, [WORDS[kind], `${count}`, delta(amount)], MOVEMENTS);
  if (used.length > 0) {
    const count = used.reduce((sum, one) => sum + one.count, 0);
    row(pen, ['Used, less what was given back', `${count}`, delta(spentOf(used))], MOVEMENTS);
  }
  rule(pen);
  row(pen, ['Closing balance', '', figure(closing)], MOVEMENTS, { strong: true });
  pen.y += 18;
}

function usage(pen: Pen, paper: StatementPaper): void {
  const { figure } = exactly(paper);
  write(pen, 'Usage by service', { size: 13, strong: true });
  pen.y += 6;
  row(pen, ['Service', 'Charges', 'Used', 'Given back', 'Net'], SERVICES, { grey: true });
  rule(pen);
  for (const { service, count, used, returned } of paper.usage) {
    const cells = [service ?? 'No service', `${count}`, figure(used), figure(returned)];
    row(pen, [...cells, figure(credits(used - returned))], SERVICES);
  }
  rule(pen);
  const net = credits(-spentOf(paper.usage));
  row(pen, ['All services', '', '', '', figure(net)], SERVICES, { strong: true });
}

const spentOf = (used: Statement['usage']): Credits =>
  credits(used.reduce((sum, one) => sum + one.returned - one.used, 0n));

/** As many decimals as its finest amount needs: what a reader adds up by hand comes out, too. */
function exactly({ book, ...paper }: StatementPaper) {
  const amounts = [
    paper.opening,
    paper.closing,
    ...paper.moved.map(({ amount }) => amount),
    ...paper.usage.flatMap(({ used, returned }) => [used, returned]),
  ];
  const isWhole = (decimals: number) =>
    amounts.every((amount) => amount % 10n ** BigInt(ALL_DECIMALS - decimals) === 0n);
  let decimals = book.credit.decimals;
  while (decimals < ALL_DECIMALS && !isWhole(decimals)) decimals += 1;
  return {
    figure: (amount: Credits) => formatCredits(amount, decimals),
    delta: (amount: Credits) => formatDelta(amount, decimals),
  };
}

type Column = { x: number; width: number; align?: 'left' | 'right' };
const FACTS: readonly Column[] = [
  { x: 0, width: 70 },
  { x: 76, width: WIDTH - 76 },
];
const MOVEMENTS: readonly Column[] = [
  { x: 0, width: 260 },
  { x: 266, width: 70, align: 'right' },
  { x: 342, width: WIDTH - 342, align: 'right' },
];
const SERVICES: readonly Column[] = [
  { x: 0, width: 150 },
  { x: 154, width: 64, align: 'right' },
  { x: 222, width: 86, align: 'right' },
  { x: 312, width: 82, align: 'right' },
  { x: 398, width: WIDTH - 398, align: 'right' },
];

/** One line of the font's characters: accents joined to their letters, no line feeds. */
const printable = (text: string) =>
  text
    .normalize('NFC')
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim();

function write(pen: Pen, text: string, look: Look = {}, { x, width, align = 'left' }: Column = WHOLE): void {
  const { size = 9.5, strong = false, grey = false } = look;
  pen.font(strong ? 'strong' : 'plain', size).fillColor(grey ? GREY : BLACK);
  pen.text(printable(text), MARGIN + x, pen.y, { width, align });
}
const WHOLE: Column = { x: 0, width: WIDTH };

/** Cells side by side; what follows begins below the longest, on a new page where there is no room. */
function row(pen: Pen, cells: readonly string[], columns: readonly Column[], look: Look = {}): void {
  pen.font('plain', 9.5);
  const heights = cells.map((cell, nth) =>
    pen.heightOfString(printable(cell), { width: columns[nth]?.width ?? WIDTH }),
  );
  if (pen.y + Math.max(...heights) > FOOT - 24) pen.addPage();
  const top = pen.y;
  for (const [nth, cell] of cells.entries()) {
    pen.y = top;
    write(pen, cell, look, columns[nth]);
  }
  pen.y = top + Math.max(...heights) + 5;
}

function rule(pen: Pen): void {
  pen
    .moveTo(MARGIN, pen.y)
    .lineTo(MARGIN + WIDTH, pen.y)
    .lineWidth(0.5)
    .strokeColor(LINE)
    .stroke();
  pen.y += 6;
}

/** Below the margin, where pdfkit would otherwise begin another page. */
function foot(pen: Pen, { account, month }: StatementPaper): void {
  const { start, count } = pen.bufferedPageRange();
  for (let page = 0; page < count; page += 1) {
    pen.switchToPage(start + page);
    pen.page.margins.bottom = 0;
    const said = [`${account.name} · ${monthName(month)}`, `Page ${page + 1} of ${count}`] as const;
    for (const [nth, text] of said.entries()) {
      pen.y = FOOT;
      write(pen, text, { size: 8, grey: true }, { ...WHOLE, align: nth === 0 ? 'left' : 'right' });
    }
  }
}
