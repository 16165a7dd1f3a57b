import { ButtonLink } from '../ui/button-link';
import { EmptyState } from '../ui/empty-state';

export function NoActivity({ withAction }: { withAction: boolean }) {
  return (
    <EmptyState
      title="No activity yet"
      line="Every purchase and every use of credits will stand here, with the balance after it."
      action={
        withAction && (
          <ButtonLink variant="primary" href="/buy">
            Choose a package
          </ButtonLink>
        )
      }
    />
  );
}
