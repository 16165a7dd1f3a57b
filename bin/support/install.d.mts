export function refusalOfNode(version: string): string | null;
export function packagesMatch(folder: string): boolean;
export function prepare(): Promise<void>;
