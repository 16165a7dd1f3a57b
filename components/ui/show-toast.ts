/** Says that something was done, for a moment; never the only place that says so. */
export async function showToast(sentence: string): Promise<void> {
  const { toast } = await import('sonner');
  toast(sentence);
}
