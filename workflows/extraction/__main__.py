from workflows.extraction.worker import main

main()
