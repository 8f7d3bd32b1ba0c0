# outgoing documents
