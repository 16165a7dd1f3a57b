import { MEMBER_ROLES, type MemberRole } from '@/lib/domain/member-role';
import { ROLE_LINE } from '@/lib/domain/role-line';

import { SelectField } from '../ui/select-field';

type RoleFieldProps = { name: string; defaultValue: MemberRole };

/** Each role with what it is for, so that nobody has to look it up. */
export function RoleField({ name, defaultValue }: RoleFieldProps) {
  return (
    <SelectField label="Role" name={name} defaultValue={defaultValue}>
      {MEMBER_ROLES.map((role) => (
        <option key={role} value={role}>
          {role}: {ROLE_LINE[role]}
        </option>
      ))}
    </SelectField>
  );
}
