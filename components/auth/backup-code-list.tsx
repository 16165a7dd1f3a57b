import { Attention } from '../ui/attention';
import { Button } from '../ui/button';
import { CopyButton } from '../ui/copy-button';

type BackupCodeListProps = { codes: readonly string[]; onClose: () => void };

/** The one time that anyone sees them. */
export function BackupCodeList({ codes, onClose }: BackupCodeListProps) {
  return (
    <div className="grid max-w-form gap-4">
      <Attention tone="info">
        Keep these backup codes where your telephone is not: each signs you in once, and they are not shown
        again.
      </Attention>
      <ul aria-label="Backup codes" className="grid grid-cols-2 gap-x-6 gap-y-1 font-mono text-14 text-ink">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-2">
        <CopyButton text={codes.join('\n')} what="backup codes" />
        <Button variant="primary" onClick={onClose}>
          I have kept them
        </Button>
      </div>
    </div>
  );
}
