/** The execution plan: from a code base on fire to one that is watched, in four phases. */
export const executionPlan = `version: 1
# Red only below this phase. When the next one is reached, require it.
require: Immediate stabilization
phases:
  # Complete when most tests pass again, and those that matter most do.
  - name: Immediate stabilization
    kpis:
      tests.pass_rate: above 85%
      tests.error_rate@critical: below 10%
  # Complete when the code is covered, and the service answers in time under load within its means.
  - name: Enhanced reliability
    kpis:
      coverage.lines: above 90%
      load.response_time: under 2s
      load.concurrent_users: above 100
      load.error_rate: below 5%
      service.recovery_time: below 5min
      resources.memory: below 500 MB
      resources.cpu: below 70%
  # Complete when the service stays up, and every journey of its users works.
  - name: Production readiness
    kpis:
      service.uptime: above 99.5%
      tests.pass_rate@e2e: 100%
  # Complete when the numbers that the team watches hold.
  - name: Advanced monitoring
    kpis:
      harmony.achievement: at least 99.7%
      orchestration.success: above 95%
      session.persistence: above 99.9%
      adaptation.efficiency: above 98%
`;
