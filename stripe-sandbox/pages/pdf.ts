import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { Context as Call } from 'hono';
import Document from 'pdfkit';

/** What a bill, a credit note or a receipt says, before anyone has drawn it. */
export type Paper = {
  title: string;
  /** When it was written, in seconds. */
  written: number;
  facts: [name: string, value: string][];
  parties: { heading: string; lines: string[] }[];
  headline: string;
  lines: { description: string; quantity: string; unit: string; amount: string }[];
  sums: { name: string; amount: string; strong?: boolean }[];
  notes: string[];
  /** What stands at the foot of every page. */
  foot: string;
};

const resolve = createRequire(import.meta.url).resolve;
const fontFile = (name: string) => readFileSync(resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`));
// Read when first drawn with: most who start the sandbox never ask for a PDF.
let fonts: { plain: Buffer; strong: Buffer } | null = null;
const loadedFonts = () =>
  (fonts ??= { plain: fontFile('DejaVuSansCondensed'), strong: fontFile('DejaVuSansCondensed-Bold') });

const MARGIN = 54;
const WIDTH = 612 - 2 * MARGIN;
const BOTTOM = 792 - MARGIN - 24;
const GREY = '#565a6e';
const BLACK = '#1c1d2b';
const COLUMNS = [
  { head: 'Description', x: 0, width: 254, align: 'left' },
  { head: 'Qty', x: 262, width: 48, align: 'right' },
  { head: 'Unit price', x: 318, width: 86, align: 'right' },
  { head: 'Amount', x: 412, width: 92, align: 'right' },
] as const;

type Pen = PDFKit.PDFDocument;

/** One line of the font's characters: accents joined to their letters, no line feeds. */
const printable = (text: string) =>
  text
    .normalize('NFC')
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim();

const write = (
  pen: Pen,
  text: string,
  {
    x = 0,
    width = WIDTH,
    size = 9,
    strong = false,
    grey = false,
    align = 'left',
  }: {
    x?: number;
    width?: number;
    size?: number;
    strong?: boolean;
    grey?: boolean;
    align?: 'left' | 'right';
  } = {},
) =>
  pen
    .font(strong ? 'strong' : 'plain', size)
    .fillColor(grey ? GREY : BLACK)
    .text(printable(text), MARGIN + x, pen.y, { width, align });

const rule = (pen: Pen) => {
  pen
    .moveTo(MARGIN, pen.y)
    .lineTo(MARGIN + WIDTH, pen.y)
    .lineWidth(0.5)
    .strokeColor('#c9ccd6')
    .stroke();
  pen.y += 6;
};

/** Starts a new page when what comes next does not fit on this one. */
const keepRoom = (pen: Pen, height: number) => {
  if (pen.y + height > BOTTOM) pen.addPage();
};

/** Writes things side by side and goes on below the longest. */
const sideBySide = (pen: Pen, parts: (() => void)[]) => {
  const top = pen.y;
  let bottom = top;
  for (const part of parts) {
    pen.y = top;
    part();
    bottom = Math.max(bottom, pen.y);
  }
  pen.y = bottom;
};

const heading = (pen: Pen, { title, facts }: Paper) => {
  write(pen, title, { size: 20, strong: true });
  pen.y += 8;
  for (const [name, value] of facts) {
    sideBySide(pen, [
      () => write(pen, name, { width: 110, grey: true }),
      () => write(pen, value, { x: 116, width: WIDTH - 116 }),
    ]);
  }
  pen.y += 14;
};

const parties = (pen: Pen, { parties: all }: Paper) => {
  const width = WIDTH / all.length - 12;
  sideBySide(
    pen,
    all.map(({ heading: name, lines }, index) => () => {
      const x = index * (width + 12);
      write(pen, name, { x, width, strong: true });
      for (const line of lines) write(pen, line, { x, width });
    }),
  );
  pen.y += 18;
};

const row = (pen: Pen, cells: string[], grey = false) => {
  sideBySide(
    pen,
    COLUMNS.map(
      ({ x, width, align }, index) =>
        () =>
          write(pen, cells[index] ?? '', { x, width, align, grey }),
    ),
  );
  pen.y += 5;
};

const table = (pen: Pen, { lines }: Paper) => {
  const head = () => {
    row(
      pen,
      COLUMNS.map(({ head: name }) => name),
      true,
    );
    rule(pen);
  };
  head();
  for (const { description, quantity, unit, amount } of lines) {
    pen.font('plain', 9);
    const height = pen.heightOfString(printable(description), { width: COLUMNS[0].width });
    if (pen.y + height > BOTTOM) {
      pen.addPage();
      head();
    }
    row(pen, [description, quantity, unit, amount]);
  }
  rule(pen);
};

const sums = (pen: Pen, { sums: all }: Paper) => {
  keepRoom(pen, all.length * 17);
  for (const { name, amount, strong = false } of all) {
    sideBySide(pen, [
      () => write(pen, name, { x: 262, width: 142, strong }),
      () => write(pen, amount, { x: 412, width: 92, align: 'right', strong }),
    ]);
    pen.y += 4;
  }
};

const notes = (pen: Pen, { notes: all }: Paper) => {
  pen.y += 14;
  for (const note of all) {
    keepRoom(pen, 24);
    write(pen, note, { grey: true });
    pen.y += 6;
  }
};

/** Below the margin, where pdfkit would otherwise begin another page. */
const foot = (pen: Pen, { foot: sentence }: Paper) => {
  const { start, count } = pen.bufferedPageRange();
  for (let page = 0; page < count; page += 1) {
    pen.switchToPage(start + page);
    pen.page.margins.bottom = 0;
    pen.y = 792 - MARGIN;
    sideBySide(pen, [
      () => write(pen, sentence, { width: WIDTH - 80, size: 8, grey: true }),
      () =>
        write(pen, `Page ${page + 1} of ${count}`, {
          x: WIDTH - 80,
          width: 80,
          size: 8,
          grey: true,
          align: 'right',
        }),
    ]);
  }
};

/** Draws a paper on pages of letter size, in a font that has Latin, Greek, Cyrillic and more, but no Chinese, Japanese or Korean. */
export const pdfOf = (paper: Paper): Promise<Uint8Array<ArrayBuffer>> => {
  const { plain, strong } = loadedFonts();
  const at = new Date(paper.written * 1000);
  const pen = new Document({
    size: 'LETTER',
    margin: MARGIN,
    bufferPages: true,
    lang: 'en',
    displayTitle: true,
    info: { Title: paper.title, CreationDate: at, ModDate: at },
  });
  const done = new Promise<Uint8Array<ArrayBuffer>>((resolved, failed) => {
    const chunks: Buffer[] = [];
    pen.on('data', (chunk: Buffer) => chunks.push(chunk));
    pen.on('end', () => resolved(new Uint8Array(Buffer.concat(chunks))));
    pen.on('error', failed);
  });
  pen.registerFont('plain', plain).registerFont('strong', strong);
  heading(pen, paper);
  parties(pen, paper);
  write(pen, paper.headline, { size: 14, strong: true });
  pen.y += 12;
  for (const part of [table, sums, notes, foot]) part(pen, paper);
  pen.end();
  return done;
};

/** A download under a name that every file system takes. */
export const asPdf = (c: Call, name: string, pdf: Uint8Array<ArrayBuffer>): Response =>
  c.body(pdf, 200, {
    'Cache-Control': 'no-store',
    'Content-Type': 'application/pdf',
    'Content-Disposition': `attachment; filename="${name.replaceAll(/[^\w.-]/g, '_')}.pdf"`,
  });
