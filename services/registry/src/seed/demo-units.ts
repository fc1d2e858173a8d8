import type { Unit } from '@lifeline/contracts'

/** No subscriber number in China begins with 0: these cannot ring anywhere. */
const phone = (extension: number): string => `023-0000-${String(extension).padStart(4, '0')}`

const maintenance = (id: string, name: string, extension: number, lat: number, lon: number): Unit => ({
  id,
  name,
  kind: 'maintenance',
  phone: phone(extension),
  location: { lat, lon },
})

const station = (id: string, name: string, extension: number, lat: number, lon: number): Unit => ({
  id,
  name,
  kind: 'station',
  phone: phone(extension),
  location: { lat, lon },
})

const use = (id: string, name: string, extension: number): Unit => ({ id, name, kind: 'use', phone: phone(extension) })

/** Invented companies and stations of the demo district; the one that never answers is `unit-silent`. */
export const demoUnits: readonly Unit[] = [
  maintenance('unit-anju', '安居电梯维保有限公司', 101, 29.5926, 106.2214),
  maintenance('unit-hengsheng', '恒升电梯工程有限公司', 102, 29.5843, 106.2387),
  maintenance('unit-yuxi', '渝西机电设备有限公司', 103, 29.5502, 106.2951),
  maintenance('unit-silent', '静远电梯服务有限公司', 104, 29.6011, 106.2093),
  maintenance('unit-jianji', '建机起重设备维保有限公司', 105, 29.5718, 106.2466),
  station('station-bicheng', '璧城街道电梯应急救援站', 201, 29.5938, 106.2279),
  station('station-qinggang', '青杠街道电梯应急救援站', 202, 29.5461, 106.3002),
  station('station-dingjia', '丁家街道电梯应急救援站', 203, 29.4214, 106.1783),
  { id: 'fire-119', name: '璧山区消防救援大队', kind: 'fire', phone: '119', location: { lat: 29.5874, lon: 106.2332 } },
  use('use-yunhu', '云湖花园物业服务中心', 301),
  use('use-huafu', '璧城华府物业服务中心', 302),
  use('use-nanmen', '南门名苑业主委员会', 303),
  use('use-hospital', '璧泉康复医院', 304),
  use('use-hall', '璧泉政务服务大厅', 305),
  use('use-plaza', '星汇广场商业管理有限公司', 306),
  use('use-academy', '青杠学府公寓管理处', 307),
  use('use-park', '高新区标准厂房管理公司', 308),
  use('use-transit', '璧北交通枢纽管理处', 309),
  use('use-clinic', '丁家卫生服务中心', 310),
  use('use-laifeng', '来凤安置小区物业服务站', 311),
  use('use-hubin', '湖滨新城项目部', 312),
  use('use-qingshan', '青山科创园项目部', 313),
]

/** Name of a unit of the demo district. @throws Error where there is none with that id */
export function unitName(id: string): string {
  const unit = demoUnits.find((candidate) => candidate.id === id)
  if (unit === undefined) throw new Error(`the demo district has no unit ${id}`)
  return unit.name
}
