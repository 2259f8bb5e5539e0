import { taxonomyPage } from '../../taxonomy-page'

export default taxonomyPage('author')
