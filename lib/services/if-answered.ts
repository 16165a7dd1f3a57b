import { AppError } from '@/lib/domain/app-error';

/** For a customer who waits: null when Stripe cannot be asked, because an event or the next look will tell. */
export async function ifAnswered<T>(asking: Promise<T>): Promise<T | null> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof AppError && error.code === 'payment_unavailable') return null;
    throw error;
  }
}
