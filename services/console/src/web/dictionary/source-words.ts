import type { Words } from './bilingual.ts'

const said = (en: string, zh: string) => [en, { zh, en }] as const

/** What a limit rests on, by the words in which the rules say it. */
export const sourceWords = Object.fromEntries([
  said(
    'practice of deployed 96333 software: non-level stop, doors shut, person, 30 s',
    '在用 96333 系统惯例：非平层停梯、门关、有人，30 秒',
  ),
  said(
    'practice of deployed lift terminals: level, doors stay shut, person, 40 s (40 to 90)',
    '在用电梯终端惯例：平层、门不开、有人，40 秒（40～90 秒）',
  ),
  said(
    'controller code 93 (Chongqing extension of GB/T 24476-2017 clause 11)',
    '控制器代码 93（GB/T 24476-2017 第 11 章重庆扩展）',
  ),
  said(
    'GB/T 24476-2017 code 90; EN 81-28:2018 alarm initiation device',
    'GB/T 24476-2017 代码 90；EN 81-28:2018 报警触发装置',
  ),
  said('GB/T 10058 operating range 92 to 105 % of rated speed', 'GB/T 10058：运行速度为额定速度的 92 %～105 %'),
  said(
    'EN 81-20:2020 5.6.2.2.1.1: the governor trips at 115 % of rated speed at the earliest',
    'EN 81-20:2020 5.6.2.2.1.1：限速器动作速度不低于额定速度的 115 %',
  ),
  said('GB/T 7588.1-2020 5.12.1.2 (TSG T7001-2023 A1.3.3)', 'GB/T 7588.1-2020 5.12.1.2（TSG T7001-2023 A1.3.3）'),
  said(
    'after EN 81-20 5.3.8: no movement with an open door but levelling in the unlocking zone',
    '参照 EN 81-20 5.3.8：除开锁区域内平层外，门开不得运行',
  ),
  said(
    'GB/T 7588.1-2020 5.6.7: movement away from the landing with doors not shut',
    'GB/T 7588.1-2020 5.6.7：门未关闭时轿厢离开层站',
  ),
  said('controller code 5 (GB/T 24476-2017 clause 11)', '控制器代码 5（GB/T 24476-2017 第 11 章）'),
  said(
    'beyond the last landing: the final limit switch acts there (GB/T 7588.1-2020 5.12.2)',
    '越过端站：极限开关应在此动作（GB/T 7588.1-2020 5.12.2）',
  ),
  said('controller code 92 (Chongqing extension of GB/T 24476-2017)', '控制器代码 92（GB/T 24476-2017 重庆扩展）'),
  said('controller code 91 (Chongqing extension of GB/T 24476-2017)', '控制器代码 91（GB/T 24476-2017 重庆扩展）'),
  said(
    'practice of deployed edge software: non-level stop without a person, confirmed after 5 s',
    '在用边缘软件惯例：无人非平层停梯，5 秒确认',
  ),
  said(
    'repeated opening and closing (province code 14 反复开关门); the number is ours',
    '反复开关门（省平台代码 14）；次数为本系统设定',
  ),
  said(
    'a door takes a few seconds; one that is under way for so long does not arrive',
    '开关门只需数秒，超过此时间视为不到位（本系统设定）',
  ),
  said('controller codes 2 and 3 (GB/T 24476-2017 clause 11)', '控制器代码 2、3（GB/T 24476-2017 第 11 章）'),
  said('practice of deployed lift terminals: door open at a landing, 120 s', '在用电梯终端惯例：停层门开 120 秒'),
  said(
    'GB/T 24476-2017 code 1: safety chain open while running (GB/T 7588.1-2020 5.11.2)',
    'GB/T 24476-2017 代码 1：运行时安全回路断路（GB/T 7588.1-2020 5.11.2）',
  ),
  said(
    'GB/T 24476-2017 code 41 (main power off) and 46 (emergency power)',
    'GB/T 24476-2017 代码 41（主电源断电）、46（应急电源运行）',
  ),
  said(
    'JGJ 332-2014: control outputs at 80, 90 and 100 % of rated moment',
    'JGJ 332-2014：额定力矩 80 %、90 %、100 % 控制输出',
  ),
  said(
    'JGJ 332-2014: control outputs at 90 and 100 % of maximum load',
    'JGJ 332-2014：最大起重量 90 %、100 % 控制输出',
  ),
  said(
    'GB 5144-2006 6.1 and 6.2: the limiter acts above rated and before 110 %',
    'GB 5144-2006 6.1、6.2：限制器应在超过额定值、不足 110 % 时动作',
  ),
  said('JGJ 276-2012 3.0.12: wind of force 6 (10.8 m/s)', 'JGJ 276-2012 3.0.12：六级风（10.8 m/s）'),
  said(
    'JGJ 33-2012 4.1.15, JGJ 196-2010: no lifting from 12.0 m/s',
    'JGJ 33-2012 4.1.15、JGJ 196-2010：12.0 m/s 起停止起重作业',
  ),
  said(
    'GB 55034-2022 3.4.7: no installing, dismantling or jacking above 9.0 m/s',
    'GB 55034-2022 3.4.7：超过 9.0 m/s 禁止安装、拆卸、顶升',
  ),
  said('the manufacturer’s limit of this crane', '本机制造商规定的风速限值'),
  said('GB 5144-2006 6.3: the hook stops at least 0.8 m under the jib', 'GB 5144-2006 6.3：吊钩距臂架下端不小于 0.8 m'),
  said('GB 5144-2006 6.3: the trolley stops at least 0.2 m before its end', 'GB 5144-2006 6.3：小车距臂端不小于 0.2 m'),
  said(
    'the zone as registered for this crane (GB 5144-2006 10; site plan)',
    '本机登记的禁区（GB 5144-2006 第 10 章；工地平面图）',
  ),
  said(
    'GB 5144-2006 10.5: at least 2 m between cranes; horizons as deployed systems predict, 5, 10 and 15 s',
    'GB 5144-2006 10.5：塔机间距不小于 2 m；按在用系统预测 5、10、15 秒',
  ),
  said(
    'as for lifts: practice of deployed 96333 software, 30 s between landings',
    '同电梯：在用 96333 系统惯例，层站之间 30 秒',
  ),
  said(
    'GB/T 26557-2021: overload device warns at 90 % and stops at 110 % of rated load',
    'GB/T 26557-2021：超载保护 90 % 预警、110 % 停止',
  ),
  said(
    'GB/T 34025 family: greatest trip speed of the safety device by rated speed',
    'GB/T 34025：防坠安全器最大动作速度（按额定速度查表）',
  ),
  said('the hoist’s registered maxPeople, driver included (commonly 9)', '本机登记核定人数（含司机，通常为 9 人）'),
  said(
    'GB/T 26557-2021: the cage runs only with its door and the landing gate shut',
    'GB/T 26557-2021：吊笼门、层门关闭方可运行',
  ),
  said(
    'GB/T 26557-2021: the limit switches stop the cage at the last landings',
    'GB/T 26557-2021：限位开关应使吊笼停于端站',
  ),
  said('GB/T 34025, JGJ 215-2010 4.1.7', 'GB/T 34025、JGJ 215-2010 4.1.7'),
  said(
    'JGJ 215-2010, GB/T 26557-2021: no use when the wind at the top exceeds 20 m/s',
    'JGJ 215-2010、GB/T 26557-2021：顶部风速超过 20 m/s 不得使用',
  ),
  said(
    'GB/T 5031, JGJ 196: verticality 4/1000 free standing (2/1000 below the top attachment)',
    'GB/T 5031、JGJ 196：独立状态垂直度 4/1000（附着以下 2/1000）',
  ),
  said(
    'GB/T 37537-2019 4.12: without a recognised operator the machine must not start',
    'GB/T 37537-2019 4.12：身份识别未通过不得启动',
  ),
  said('last will of the MQTT session', 'MQTT 会话遗嘱'),
  said(
    'three expected intervals (GB/T 37537-2019 4.10.1 for hoists: 15 s, so 45 s)',
    '三个上报周期（升降机按 GB/T 37537-2019 4.10.1：15 秒，即 45 秒）',
  ),
  said(
    'deployed site black boxes set a clock that is off by more than a minute',
    '在用工地黑匣子惯例：时钟偏差超过一分钟即校时',
  ),
  said(
    'a value that stays the same to the last digit through motion that must have changed it',
    '数值本应随运动变化而始终不变（本系统设定）',
  ),
  said('beyond what any machine of the kind can have', '超出该类设备的物理范围'),
  said(
    'Bishan notice 2020-26 section 3(2)2: nothing in use without inspection (GB 45067-2024 5.6)',
    '璧山府办发〔2020〕26号三（二）2：未经检验不得使用（GB 45067-2024 5.6）',
  ),
  said('JGJ 215-2010 4.1.7: the safety device is calibrated every year', 'JGJ 215-2010 4.1.7：防坠安全器每年标定'),
  said('controller code 4 (GB/T 24476-2017 clause 11)', '控制器代码 4（GB/T 24476-2017 第 11 章）'),
  said('the controller or terminal reports 开门走车 by its own code', '控制器或终端自报开门走车'),
  said('the controller or terminal reports 超速 by its own code', '控制器或终端自报超速'),
  said('the machine’s own limiter or monitor reports it', '设备自身的限制器或监控系统报警'),
]) as Words
