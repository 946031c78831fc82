import { z } from 'zod';
import { parseDuration } from '../text/duration.ts';
import { duration, jsonPath, text, word } from './words.ts';

/** Nothing else can be sent, and what follows a # never is. */
const PATH = /^\/[!-"$-~]*$/;
const HEADER = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Of an instance that takes longer nobody would wait for the version. */
const LONGEST = 10_000;

const question = z.strictObject({
  path: word(PATH, 'a path that begins with / and holds no space, such as /healthz')
    .max(1_000)
    .describe('What each instance of the new version is asked for, past the router. Example: /healthz.'),
  json: jsonPath()
    .optional()
    .describe(
      'Where its version stands in the JSON that it answers: a JSON path (RFC 9535) to one value. This or "header". Example: $.version.',
    ),
  header: word(HEADER, 'the name of a header, such as x-version')
    .max(200)
    .optional()
    .describe('The header of its answer that holds its version. This or "json". Example: x-version.'),
  is: text()
    .max(500)
    .optional()
    .describe(
      'What it says where it is the new version, a template. Default: the version of the artifact. Example: v{{ artifact.version }}.',
    ),
  timeout: duration(1)
    .refine((written) => (parseDuration(written) ?? 0) <= LONGEST, { error: 'expected at most 10s' })
    .default('2s')
    .describe('How long an instance may take to answer, at most 10s. Default: 2s. Example: 500ms.'),
});

export const identity = () =>
  question.describe(
    'How an instance tells its version. While each instance of the new version does not say that it is that version, nothing here passes. Default: nobody asks. Example: {path: /healthz, json: $.version}.',
  );
