import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planOf, problemsIn, withSteps } from '../../testing/problems.ts';
import { forbiddenCommand } from './forbidden-command.ts';
import { isLike } from './glob.ts';
import { shellCommands } from './shell-words.ts';

const CHECKED = planOf(withSteps('- check: Tagged\n  git: { tag: "prod-{{ artifact.version }}*" }'));
const FORMS = ['terraform destroy', 'kubectl delete *namespace*'];

const why = (line: string, env: Readonly<Record<string, string>> = {}): string | null =>
  forbiddenCommand(CHECKED, { argv: line.split(' '), env }, FORMS);

describe('forbidden', () => {
  test.each([
    'git push --force origin main',
    'git push -f origin master',
    'git push -uf origin main',
    'git push origin main --force-with-lease',
    'git push --force-with-lease=main:abc origin main',
    'git push --forc origin main',
    'git push origin +main',
    'git push origin +HEAD:refs/heads/main',
    'git push --force origin feature:main',
    'git push --force',
    'git push --force origin',
    'git push --force origin HEAD',
    'git push --force origin $BRANCH',
    'git push --force --all origin',
    'git push --mirror backup',
    'git push origin :main',
    'git push --delete origin main',
    '/usr/bin/git -C shop -c user.name=x push --force origin main',
    'git.exe push --force origin main',
    'sudo -u deploy git push --force origin main',
    'env A=1 git push --force origin main',
    'A=1 git push --force origin main',
    'timeout 30 git push -f origin main',
    'git tag -d prod-1.0.0',
    'git tag --delete v1 prod-1.0.0-rc',
    'git tag --delete prod-{{ artifact.version }}',
    'git tag -d $TAG',
    'git tag -f prod-1.0.0',
    'git push --delete origin prod-1.0.0',
    'git push origin :refs/tags/prod-1.0.0',
    'git push --force origin refs/tags/prod-1.0.0',
    'git commit --no-verify -m x',
    'git commit -nm x',
    'git -c core.hooksPath=/dev/null commit',
    'npm publish --no-verify',
    'HUSKY=0 git push origin feature',
    'env SKIP_CHECKS=1 ./deploy.sh',
    'terraform destroy -auto-approve',
    'terraform -chdir=a destroy',
    'kubectl --context prod delete namespace shop',
  ])('%s', (line) => {
    expect(why(line)).not.toBeNull();
  });

  test.each([
    'cd shop && git push --force origin main',
    'git fetch; git push "-f" origin \'main\'',
    'echo $(git push --force origin main)',
    'eval git push --force origin main',
    'bash -c "git tag -d prod-1.0.0"',
  ])('in a shell: %s', (line) => {
    expect(forbiddenCommand(CHECKED, { argv: ['sh', '-ec', line], env: {} }, [])).not.toBeNull();
  });

  test.each(['HUSKY', 'NODE_TLS_REJECT_UNAUTHORIZED'])('%s=0 beside the command', (name) => {
    expect(why('git push', { [name]: '0' })).toBe(`${name} switches guards off`);
  });
});

describe('allowed', () => {
  test.each([
    'git push origin main',
    'git push --force origin feature',
    'git push --force-with-lease origin fix/main-menu',
    'git push origin --tags',
    'git push --delete origin feature',
    'git tag prod-1.0.0',
    'git tag -d v1',
    'git tag -l -n prod-1.0.0',
    'git commit -m --force',
    'git push -o ci.skip origin main',
    'echo git push --force origin main',
    './force.sh main',
    'terraform plan',
    'kubectl delete pod shop',
    'env CONFIRM_STAGING_RESET=YES ALLOW_STAGING_RESET=true ./reset.sh',
    'env SKIP_CHECKS=0 ./deploy.sh',
  ])('%s', (line) => {
    expect(why(line, { NODE_ENV: 'production', HUSKY: '1' })).toBeNull();
  });

  test('a tag is deleted where no check looks at tags', () => {
    const plan = planOf(withSteps('- check: Clean\n  git: { clean: true }'));
    expect(forbiddenCommand(plan, { argv: ['git', 'tag', '-d', '$TAG'], env: {} }, [])).toBeNull();
  });
});

test('a plan is refused where the command stands, the way back and the question included', () => {
  const force = '[git, push, --force, origin, main]';
  const steps = `- run: Push
  command: ${force}
  effect: executive
  verify: ${force}
  undo: { command: ${force} }`;
  expect(problemsIn(withSteps(steps))).toEqual(
    ['14:18', '16:17', '17:26'].map(
      (at) => `${at}: this command is forbidden: it overwrites main, expected another way`,
    ),
  );
});

test('a line is taken apart as a shell does', () => {
  expect(shellCommands(`a 'b c' "d\\"e" f\\ g; h && i|j`)).toEqual([['a', 'b c', 'd"e', 'f g'], ['h'], ['i'], ['j']]);
});

test('nothing throws or hangs on any words', () => {
  const words = fc.array(
    fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.constantFrom('git', 'sh', '-c', 'env', 'sudo', 'push', '--', '-f', 'tag'),
    ),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(words, (argv) => {
      forbiddenCommand(CHECKED, { argv, env: {} }, FORMS);
    }),
    { numRuns: 300 },
  );
});

test('a form is what a regular expression says it is', () => {
  const letters = (...characters: string[]) => fc.string({ unit: fc.constantFrom(...characters), maxLength: 8 });
  fc.assert(
    fc.property(letters('a', 'b'), letters('a', 'b', '*'), (text, form) => {
      return isLike(text, form) === new RegExp(`^${form.replaceAll('*', '.*')}$`).test(text);
    }),
    { numRuns: 1_000 },
  );
});
