/** Coffer's mark: a closed chest. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={className}>
      <rect width="32" height="32" rx="7.5" className="fill-accent" />
      <path
        d="M7.5 14.2v-1.8A4.4 4.4 0 0 1 11.9 8h8.2a4.4 4.4 0 0 1 4.4 4.4v1.8h-6.1a2.4 2.4 0 0 0-4.8 0z"
        className="fill-on-accent"
      />
      <path
        d="M7.5 16h6.3a2.4 2.4 0 0 0 4.4 0h6.3v6.2a1.8 1.8 0 0 1-1.8 1.8H9.3a1.8 1.8 0 0 1-1.8-1.8z"
        className="fill-on-accent opacity-75"
      />
    </svg>
  );
}
