import { z } from 'zod';
import { commandKeys } from '../../commands/command-keys.ts';

export const commandCheckSchema = z.strictObject(commandKeys).describe('A command that passes with exit code 0.');

export type CommandCheckConfig = z.infer<typeof commandCheckSchema>;
