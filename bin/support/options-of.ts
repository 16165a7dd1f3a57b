import { parseArgs, type ParseArgsConfig } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;
type Values<Named extends Options> = ReturnType<typeof parseArgs<{ options: Named }>>['values'];

/** The options that were given, or the one line that says which of them is wrong. */
export function optionsOf<const Named extends Options>(
  args: string[],
  options: Named,
): Values<Named> | string {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    const [line = ''] = String(error).split('\n');
    return line;
  }
}
