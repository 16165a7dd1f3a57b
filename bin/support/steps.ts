import { Stopped } from './processes';

type Output = { write(text: string): unknown; isTTY?: boolean | undefined; columns?: number | undefined };
type Mark = '✓' | '✗' | '·';

const frames = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
const heartbeatMs = 15_000;

/** `✓ Build                  unchanged                                0.1 s` */
export function stepLine(step: { mark: Mark; title: string; detail: string; ms: number }): string {
  const time = `${(step.ms / 1000).toFixed(1)} s`;
  return `${step.mark} ${step.title.padEnd(22)} ${step.detail.padEnd(44)} ${time.padStart(8)}`;
}

/** What is being done, one line as each step ends; on a terminal also a line for those that run. */
export class Steps {
  readonly #output: Output;
  readonly #running = new Map<string, number>();
  #ticker: NodeJS.Timeout | undefined;
  #frame = 0;
  #silent = false;

  constructor(output: Output) {
    this.#output = output;
  }

  /** The text that a step returns stands beside its title. */
  async run(title: string, step: () => Promise<string | void>): Promise<void> {
    const started = Date.now();
    this.#running.set(title, started);
    this.#tick();
    try {
      const detail = (await step()) ?? '';
      this.#end(stepLine({ mark: '✓', title, detail, ms: Date.now() - started }), title);
    } catch (error) {
      this.#end(
        error instanceof Stopped
          ? ''
          : stepLine({ mark: '✗', title, detail: 'failed', ms: Date.now() - started }),
        title,
      );
      throw error;
    }
  }

  say(text: string): void {
    if (this.#silent) return;
    this.#clear();
    this.#output.write(`${text}\n`);
  }

  /** What still runs says nothing more. */
  silence(): void {
    this.#silent = true;
    this.#clear();
    clearInterval(this.#ticker);
    this.#ticker = undefined;
  }

  #end(line: string, title: string): void {
    this.#running.delete(title);
    if (line !== '') this.say(line);
    if (this.#running.size > 0) return;
    clearInterval(this.#ticker);
    this.#ticker = undefined;
    this.#clear();
  }

  #tick(): void {
    if (this.#silent) return;
    const draw = this.#output.isTTY === true ? () => this.#spin() : () => this.#beat();
    this.#ticker ??= setInterval(draw, this.#output.isTTY === true ? 100 : heartbeatMs);
  }

  #spin(): void {
    this.#frame = (this.#frame + 1) % frames.length;
    const titles = [...this.#running].map(([title, started]) => `${title} ${seconds(started)} s`);
    const line = `${frames.charAt(this.#frame)} ${titles.join(' · ')}`;
    this.#output.write(`\r\u001B[2K${line.slice(0, Math.max(this.#output.columns ?? 0, 80) - 1)}`);
  }

  #beat(): void {
    for (const [title, started] of this.#running)
      this.#output.write(`· ${title}: ${seconds(started)} s so far\n`);
  }

  #clear(): void {
    if (this.#output.isTTY === true) this.#output.write('\r\u001B[2K');
  }
}

function seconds(since: number): number {
  return Math.round((Date.now() - since) / 1000);
}
