'use client';

import { createContext, type ReactNode, use } from 'react';

import { may, type MemberRole, type Permission } from '@/lib/domain/member-role';

const Role = createContext<MemberRole | null>(null);

/** Around every page of a member: as what they read it. */
export const ReaderRole = ({ role, children }: { role: MemberRole; children: ReactNode }) => (
  <Role value={role}>{children}</Role>
);

/** Whether to offer it. Whoever is not known is asked to sign in there. */
export function useMay(permission: Permission): boolean {
  const role = use(Role);
  return role === null || may(role, permission);
}
