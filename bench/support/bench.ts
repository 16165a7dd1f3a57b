import type { Verdict } from './report';
import type { Stand } from './stand';

/** How long a round of one side lasts, and how many rounds each side has. */
type Plan = { seconds: number; rounds: number };
/** The last verdict is the bench's own; those before it are further figures of the same run. */
export type Bench = (stand: Stand, plan: Plan) => Promise<Verdict[]>;
