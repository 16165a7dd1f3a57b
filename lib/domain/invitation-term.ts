const GOOD_FOR_SECONDS = 7 * 86_400;

/** When an invitation that is sent now ends: a week later, to the second, because its link says so in seconds. */
export const invitationEnds = (sentAt: Date): Date =>
  new Date((Math.floor(sentAt.getTime() / 1000) + GOOD_FOR_SECONDS) * 1000);

/** How it stands for whoever opens its link, signed in as `reader`, or not. */
export type InvitationStanding = 'ended' | 'signed-out' | 'someone-else' | 'member-already' | 'open';

export function invitationStanding(
  invitation: { email: string } | null,
  reader: { email: string; isMember: boolean } | null,
): InvitationStanding {
  if (invitation === null) return 'ended';
  if (reader === null) return 'signed-out';
  if (reader.email !== invitation.email) return 'someone-else';
  return reader.isMember ? 'member-already' : 'open';
}
