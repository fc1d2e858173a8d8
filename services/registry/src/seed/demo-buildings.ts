export interface DemoLift {
  /** kg. */
  readonly ratedLoad: number
  /** m/s. */
  readonly ratedSpeed: number
  readonly goods?: true
  readonly approvedForUse?: false
}

export interface DemoBuilding {
  readonly siteId: string
  readonly name: string
  readonly address: string
  readonly lat: number
  readonly lon: number
  readonly rural?: true
  readonly useUnit: string
  readonly maintenanceUnit: string
  readonly floors: number
  /** m from landing to landing. */
  readonly storey: number
  readonly installedOn: string
  readonly lifts: readonly DemoLift[]
}

const lifts = (count: number, ratedLoad: number, ratedSpeed: number): DemoLift[] =>
  Array.from({ length: count }, () => ({ ratedLoad, ratedSpeed }))
const goods = (count: number, ratedLoad: number, ratedSpeed: number): DemoLift[] =>
  lifts(count, ratedLoad, ratedSpeed).map((lift) => ({ ...lift, goods: true }))
const notApproved = (lift: DemoLift): DemoLift => ({ ...lift, approvedForUse: false })

/** Invented buildings, at places that exist around Bishan's centre (29.59 N, 106.23 E) and two of its outer towns. */
export const demoBuildings: readonly DemoBuilding[] = [
  {
    siteId: 'yunhu-1',
    name: '云湖花园1栋',
    address: '重庆市璧山区璧泉街道云湖路18号云湖花园1栋',
    lat: 29.5968,
    lon: 106.2213,
    useUnit: 'use-yunhu',
    maintenanceUnit: 'unit-anju',
    floors: 33,
    storey: 2.9,
    installedOn: '2019-06-18',
    lifts: [...lifts(4, 1000, 2.5), ...lifts(2, 1050, 2.5)],
  },
  {
    siteId: 'yunhu-2',
    name: '云湖花园2栋',
    address: '重庆市璧山区璧泉街道云湖路18号云湖花园2栋',
    lat: 29.5974,
    lon: 106.2221,
    useUnit: 'use-yunhu',
    maintenanceUnit: 'unit-anju',
    floors: 27,
    storey: 2.9,
    installedOn: '2019-09-02',
    lifts: [...lifts(4, 800, 2), ...lifts(2, 1000, 2)],
  },
  {
    siteId: 'huafu-a',
    name: '璧城华府A座',
    address: '重庆市璧山区璧城街道双星大道66号璧城华府A座',
    lat: 29.5917,
    lon: 106.2302,
    useUnit: 'use-huafu',
    maintenanceUnit: 'unit-silent',
    floors: 18,
    storey: 3,
    installedOn: '2014-03-27',
    lifts: [...lifts(4, 800, 1.75), ...lifts(2, 1000, 1.75)],
  },
  {
    siteId: 'nanmen',
    name: '南门名苑',
    address: '重庆市璧山区璧城街道南门路9号南门名苑',
    lat: 29.5849,
    lon: 106.2268,
    useUnit: 'use-nanmen',
    maintenanceUnit: 'unit-hengsheng',
    floors: 11,
    storey: 2.9,
    installedOn: '2006-11-15',
    lifts: [...lifts(3, 630, 1), notApproved({ ratedLoad: 630, ratedSpeed: 1 })],
  },
  {
    siteId: 'hospital',
    name: '璧泉康复医院住院楼',
    address: '重庆市璧山区璧泉街道康宁路2号璧泉康复医院住院楼',
    lat: 29.6012,
    lon: 106.2157,
    useUnit: 'use-hospital',
    maintenanceUnit: 'unit-anju',
    floors: 16,
    storey: 3.9,
    installedOn: '2012-08-08',
    lifts: [...lifts(4, 1600, 1.75), ...lifts(3, 1000, 1.75), ...goods(1, 1600, 1)],
  },
  {
    siteId: 'hall',
    name: '璧泉政务服务大厅',
    address: '重庆市璧山区璧泉街道新庆路1号政务服务大厅',
    lat: 29.5935,
    lon: 106.2172,
    useUnit: 'use-hall',
    maintenanceUnit: 'unit-hengsheng',
    floors: 8,
    storey: 4.2,
    installedOn: '2017-05-22',
    lifts: [...lifts(3, 1000, 1.5), ...lifts(1, 1350, 1.5)],
  },
  {
    siteId: 'plaza',
    name: '星汇广场',
    address: '重庆市璧山区璧城街道中山南路120号星汇广场',
    lat: 29.5891,
    lon: 106.2331,
    useUnit: 'use-plaza',
    maintenanceUnit: 'unit-hengsheng',
    floors: 6,
    storey: 5.1,
    installedOn: '2016-12-20',
    lifts: [...lifts(4, 1350, 1.5), ...lifts(2, 1600, 1.5), ...goods(2, 2000, 0.5)],
  },
  {
    siteId: 'academy',
    name: '青杠学府公寓',
    address: '重庆市璧山区青杠街道学府大道35号青杠学府公寓',
    lat: 29.5482,
    lon: 106.2987,
    useUnit: 'use-academy',
    maintenanceUnit: 'unit-yuxi',
    floors: 9,
    storey: 3.2,
    installedOn: '2010-07-30',
    lifts: lifts(4, 630, 1),
  },
  {
    siteId: 'park-b',
    name: '高新区标准厂房B区',
    address: '重庆市璧山区青杠街道聚金大道88号标准厂房B区',
    lat: 29.5433,
    lon: 106.2874,
    useUnit: 'use-park',
    maintenanceUnit: 'unit-yuxi',
    floors: 4,
    storey: 6,
    installedOn: '2013-04-16',
    lifts: [
      ...lifts(1, 1000, 1),
      ...goods(2, 3000, 0.5),
      notApproved({ ratedLoad: 2000, ratedSpeed: 0.5, goods: true }),
    ],
  },
  {
    siteId: 'transit',
    name: '璧北交通枢纽综合楼',
    address: '重庆市璧山区璧泉街道站前路5号璧北交通枢纽综合楼',
    lat: 29.6137,
    lon: 106.2249,
    useUnit: 'use-transit',
    maintenanceUnit: 'unit-anju',
    floors: 5,
    storey: 4.8,
    installedOn: '2021-01-11',
    lifts: [...lifts(2, 1000, 1), ...lifts(2, 1600, 1)],
  },
  {
    siteId: 'clinic',
    name: '丁家卫生服务中心',
    address: '重庆市璧山区丁家街道卫康路3号丁家卫生服务中心',
    lat: 29.4236,
    lon: 106.1809,
    rural: true,
    useUnit: 'use-clinic',
    maintenanceUnit: 'unit-yuxi',
    floors: 5,
    storey: 3.6,
    installedOn: '2018-10-09',
    lifts: [...lifts(2, 1600, 1), ...lifts(2, 630, 1)],
  },
  {
    siteId: 'laifeng',
    name: '来凤安置小区',
    address: '重庆市璧山区来凤街道凤翔路77号来凤安置小区3栋',
    lat: 29.4719,
    lon: 106.2375,
    rural: true,
    useUnit: 'use-laifeng',
    maintenanceUnit: 'unit-hengsheng',
    floors: 11,
    storey: 2.8,
    installedOn: '2009-02-24',
    lifts: [...lifts(4, 450, 1), ...lifts(2, 630, 1)],
  },
]
