import { NewNote } from '@/lib/contracts/note';
import { staffForm } from '@/lib/http/staff-route';
import { writeNote } from '@/lib/services/write-note';

export const POST = staffForm({
  fields: NewNote,
  back: 'notes',
  run: async (viewer, note) => {
    await writeNote(viewer, note);
    return 'notes';
  },
});
