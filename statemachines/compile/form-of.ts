import type { Step, StepOf, StepTypeName } from '../document/schema.ts';
import { compile as decide } from '../steps/decide/compile.ts';
import { compile as email } from '../steps/email/compile.ts';
import { compile as exit } from '../steps/exit/compile.ts';
import { compile as notify } from '../steps/notify/compile.ts';
import { compile as sms } from '../steps/sms/compile.ts';
import { compile as split } from '../steps/split/compile.ts';
import { compile as task } from '../steps/task/compile.ts';
import { compile as update } from '../steps/update/compile.ts';
import { compile as wait } from '../steps/wait/compile.ts';
import { compile as waitFor } from '../steps/waitFor/compile.ts';
import type { StepForm } from './form.ts';

type Forms = { [T in StepTypeName]: (step: StepOf<T>) => StepForm };
const forms: Forms = { decide, email, exit, notify, sms, split, task, update, wait, waitFor };

export const formOf = (step: Step): StepForm => (forms[step.type] as (step: Step) => StepForm)(step);
