import { inflateSync } from 'node:zlib';

/** The objects of a PDF by number: their dictionaries, and what is in their streams. */
const objectsOf = (pdf: string) =>
  new Map(
    [...pdf.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, number = '', body = '']) => {
      const [dictionary = '', stream] = body.split(/\nstream\r?\n/);
      // Packed bytes may end in what looks like a line break, so only the length tells where they end.
      const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1] ?? 0);
      const bytes = stream === undefined ? null : Buffer.from(stream, 'latin1').subarray(0, length);
      const isPacked = dictionary.includes('/FlateDecode');
      const content = bytes === null ? '' : (isPacked ? inflateSync(bytes) : bytes).toString('latin1');
      return [number, { dictionary, content }];
    }),
  );

const fromUtf16 = (hex: string) => Buffer.from(hex, 'hex').swap16().toString('utf16le');

/** What each glyph of a font stands for, by the table that lets a reader copy text out of it. */
const glyphsOf = (table: string): Map<number, string> => {
  const glyphs = new Map<number, string>();
  for (const [, range = ''] of table.matchAll(/beginbfrange\n([\s\S]*?)\nendbfrange/g)) {
    for (const [, from = '', list = ''] of range.matchAll(/<(\w+)> <\w+> \[(.*)\]/g)) {
      list.match(/<[\w ]*>/g)?.forEach((text, index) => {
        glyphs.set(Number.parseInt(from, 16) + index, fromUtf16(text.replaceAll(/[<> ]/g, '')));
      });
    }
  }
  return glyphs;
};

/** The text of a PDF as its reader would select it, one line for each piece that was written. */
export const textOfPdf = (bytes: Uint8Array): string => {
  const objects = objectsOf(Buffer.from(bytes).toString('latin1'));
  const of = (number: string | undefined) => objects.get(number ?? '') ?? { dictionary: '', content: '' };
  const referred = (dictionary: string, name: string) =>
    new RegExp(`/${name} (\\d+) 0 R`).exec(dictionary)?.[1];
  const pages = [...objects.values()].filter(({ dictionary }) => /\/Type \/Page\b/.test(dictionary));
  return pages
    .flatMap((page) => {
      const { dictionary: resources } = of(referred(page.dictionary, 'Resources'));
      const { content } = of(referred(page.dictionary, 'Contents'));
      let glyphs = new Map<number, string>();
      return [...content.matchAll(/\/(F\d+) [\d.]+ Tf|\[(.*)\] TJ/g)].map(([, font, shown = '']) => {
        if (font !== undefined) {
          const { dictionary } = of(new RegExp(`/${font} (\\d+) 0 R`).exec(resources)?.[1]);
          glyphs = glyphsOf(of(referred(dictionary, 'ToUnicode')).content);
          return null;
        }
        const hex = [...shown.matchAll(/<(\w+)>/g)].map(([, digits = '']) => digits).join('');
        return (hex.match(/.{4}/g) ?? [])
          .map((glyph) => glyphs.get(Number.parseInt(glyph, 16)) ?? '�')
          .join('');
      });
    })
    .filter((line) => line !== null)
    .join('\n');
};
