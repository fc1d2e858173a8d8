/** The names of a report's figures on paper; times in seconds, shares of 1. */
export const figureText: Readonly<Record<string, string>> = {
  cases: '事件数',
  calls: '接警数',
  entrapments: '困人数（起）',
  freed: '解救人数',
  falseAlarms: '误报数',
  responseMean: '平均响应（秒）',
  responseP90: '响应 P90（秒）',
  arrivalMean: '平均到场（秒）',
  arrivalP90: '到场 P90（秒）',
  arrivalOver30Share: '到场超 30 分钟占比',
  onSiteMean: '平均现场处置（秒）',
  level1Share: '一级占比',
  level2Share: '二级占比',
  level3Share: '三级占比',
}
