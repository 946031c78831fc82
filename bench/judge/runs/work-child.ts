// Watches launches. A process of its own: each takes a core.
import { answerQuestions } from '../../process/answering.ts';
import { watchCorrelated, watchGrid } from './work.ts';

answerQuestions({ watchGrid, watchCorrelated });
