/**
 * One command of the command line: does what was asked for, or says in one line what is wrong with the words and ends with 2;
 * what fails ends with 1 and its message.
 */
export async function runCommand<Wanted extends object>(command: {
  usage: string;
  /** What was asked for, or what is wrong with it. */
  wanted: (words: string[]) => Wanted | string;
  main: (wanted: Wanted) => Promise<void>;
}): Promise<void> {
  const wanted = command.wanted(process.argv.slice(2));
  if (typeof wanted === 'string') {
    console.error(`${wanted}\nUsage: ${command.usage}`);
    process.exitCode = 2;
    return;
  }
  try {
    await command.main(wanted);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
