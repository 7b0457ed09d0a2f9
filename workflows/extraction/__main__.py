from workflows.extraction.serve import main

main()
