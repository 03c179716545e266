/**
 * How vstest begins to say that it aborted a run, in the languages that it has: the text AbortedTestRun of
 * https://github.com/microsoft/vstest, src/Microsoft.TestPlatform.CommunicationUtilities/Resources/xlf.
 */
const sentences = [
  "The active test run was aborted",
  "Aktivní testovací běh se přerušil",
  "Der aktive Testlauf wurde abgebrochen",
  "Se ha anulado la serie de pruebas activa",
  "La série de tests active a été abandonnée",
  "L'esecuzione dei test attivi è stata interrotta",
  "アクティブなテストの実行が中止されました",
  "활성 테스트 실행이 중단되었습니다",
  "Aktywny przebieg testu został przerwany",
  "A execução de teste ativa foi anulada",
  "Активный тестовый запуск прерван",
  "Etkin test çalıştırması iptal edildi",
  "活动的测试运行已中止",
  "使用中的測試回合已中止",
];

/** Other words for it. What aborted is told with it: a test may well be named after an aborted order. */
const words = [
  /\btest ?(?:run|host)\b[^\n]*?\b(?:aborted|cancell?ed|crashed|exited with error)\b/i,
  /^\s*(?:the )?(?:\w+ )*run (?:was |has been )?(?:aborted|cancell?ed)\b/i,
  // Session aborted, test host gone, stopped after so many failures: https://aka.ms/testingplatform/exitcodes
  /^\s*Exit code indicates failure: '(?:3|7|13)'/,
];

/** Whether what a run says of itself means that tests are missing after a break. */
export function saysAborted(text: string): boolean {
  return sentences.some((sentence) => text.includes(sentence)) || words.some((word) => word.test(text));
}
