import { Button } from 'antd'
import { dictionary } from '../dictionary/dictionary.ts'
import { useLanguage } from '../language.tsx'

export function LanguageSwitch() {
  const { language, setLanguage, say } = useLanguage()
  return (
    <Button
      size="small"
      lang={language === 'zh' ? 'en' : 'zh-CN'}
      onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}
      data-testid="language-switch"
    >
      {say(dictionary.frameWords.otherLanguage)}
    </Button>
  )
}
