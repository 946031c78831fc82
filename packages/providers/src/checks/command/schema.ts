import { z } from 'zod';
import { commandKeys } from '../../commands/command-keys.ts';

export const commandCheckSchema = z.strictObject(commandKeys);

export type CommandCheckConfig = z.infer<typeof commandCheckSchema>;
