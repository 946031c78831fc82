import { z } from 'zod';

/** What git's own rules for names leave out (git-check-ref-format), and the operators of revisions: `~ ^ : .. @{`. */
const REF = /^(?!-)(?!.*(?:\.\.|@\{))[^\s~^:?*[\\{}\p{Cc}]+$/u;
const COMMIT = /^[0-9a-f]{7,64}$/i;
const TEMPLATE = /^[^-].*\{\{|^\{\{/;

/** Whether git may be asked for this name. One with a dash in front could be read as an option. */
export const isRef = (text: string): boolean => text.length <= 255 && REF.test(text);

/** Whether this is a commit's hash, whole or its first seven or more digits. */
export const isCommit = (text: string): boolean => COMMIT.test(text);

/** A template may stand in it; what it became is looked at before git is asked. */
export const refKey = () =>
  z.string().refine((text) => isRef(text) || TEMPLATE.test(text), {
    error: 'write the name of a branch, a tag or a commit, like origin/main or v2.5.0',
  });

export const commitKey = () =>
  z.string().refine((text) => isCommit(text) || TEMPLATE.test(text), {
    error: 'write the hash of a commit, whole or at least its first 7 digits, like 0c5c2b7',
  });
