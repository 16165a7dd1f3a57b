import { Nothing } from '@/lib/contracts/nothing';
import { StatementMonths } from '@/lib/contracts/statement';
import { read } from '@/lib/http/route';
import { readStatementMonths } from '@/lib/views/statement-months';

export const GET = read({ may: 'look', input: Nothing, answer: StatementMonths, run: readStatementMonths });
