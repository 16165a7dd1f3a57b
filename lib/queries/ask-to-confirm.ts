/** Whoever can ask the person once more who they are: true when they showed it. */
type Asker = () => Promise<boolean>;

let asker: Asker | null = null;

/** Asks in place of a page of its own, so that a form that was refused stays as it was filled in. */
export function askHere(ask: Asker): () => void {
  asker = ask;
  return () => {
    if (asker === ask) asker = null;
  };
}

/** Whether the person showed who they are; no where nobody is there to ask. */
export const askToConfirm = async (): Promise<boolean> => asker !== null && asker();
