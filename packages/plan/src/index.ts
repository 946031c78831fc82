export type { Announcement, LaunchMoment, MessageSpec } from './model/announcement.ts';
export type { Environment } from './model/environment.ts';
export type { Artifact, Metric, Phase, Plan } from './model/plan.ts';
export type { PlanJson, ProviderUse, SecretRef } from './model/provider-use.ts';
export type {
  AnnounceStep,
  CheckStep,
  Command,
  Condition,
  DeployStep,
  Judging,
  OnFail,
  ProofKind,
  RolloutStage,
  RolloutStep,
  RunStep,
  SignoffStep,
  SoakStep,
  Step,
  StepKind,
  Strategy,
  TaskStep,
  Undo,
  WaitStep,
  WaitUntil,
} from './model/step.ts';
