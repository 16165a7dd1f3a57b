import { completeSignIn } from '@/lib/auth/second-factor';
import { SignInCode } from '@/lib/contracts/confirmation';
import { codeForm } from '@/lib/http/code-form';

export const POST = codeForm({ fields: SignInCode, run: completeSignIn });
